using Microsoft.EntityFrameworkCore;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Storage;

/// <summary>Tells a value that is there already from every other failure to save: insert, do not check first.</summary>
public static class UniqueViolation
{
    public static bool Is(DbUpdateException exception) => DatabaseProvider.AnySaysUnique(exception.InnerException);
}
