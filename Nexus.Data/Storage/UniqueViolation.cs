using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Storage;

/// <summary>Tells a value that is there already from every other failure to save: insert, do not check first.</summary>
public static class UniqueViolation
{
    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    public static bool Is(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };
}
