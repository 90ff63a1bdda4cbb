using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Nexus.Data.Search;

/// <summary>What the sources have in common.</summary>
internal static class SearchWords
{
    /// <summary>Whether the entity is new, or one of these properties of it has changed.</summary>
    public static bool Moved(this EntityEntry entry, params ReadOnlySpan<string> properties)
    {
        if (entry.State == EntityState.Added) return true;
        if (entry.State != EntityState.Modified) return false;
        foreach (var property in properties)
        {
            if (entry.Property(property).IsModified) return true;
        }

        return false;
    }

    /// <summary>A JSON object of tags as words, <c>key: value</c> a line.</summary>
    public static IEnumerable<string> Tags(string json)
    {
        using var tags = JsonDocument.Parse(json);
        if (tags.RootElement.ValueKind != JsonValueKind.Object) return [];
        return [.. tags.RootElement.EnumerateObject().Select(tag => $"{tag.Name}: {tag.Value}")];
    }
}
