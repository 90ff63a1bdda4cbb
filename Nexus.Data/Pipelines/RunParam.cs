using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Data.Pipelines;

/// <summary>A parameter as it ran: a path into the composed document and its value as text. Written once.</summary>
public sealed class RunParam
{
    public const int MaxText = 100;

    public required Guid RunId { get; init; }
    public required string Key { get; init; }
    public required string Value { get; init; }

    /// <summary>The beginning of the value, in one line: what lists order, group and filter by where it is no number.</summary>
    public string Text { get => Short(Value); private set { } }

    /// <summary>The value where it is a number: what lists order and filter by.</summary>
    public double? Number { get; init; }

    /// <summary>As <see cref="Text"/> keeps it.</summary>
    public static string Short(string value)
    {
        var text = value.Length <= MaxText ? value : value[..MaxText];
        return text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 ? text : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}

internal sealed class RunParamConfiguration : IEntityTypeConfiguration<RunParam>
{
    public void Configure(EntityTypeBuilder<RunParam> param)
    {
        param.HasKey(p => new { p.RunId, p.Key });
        param.Property(p => p.Key).HasMaxLength(250);
        param.Property(p => p.Value).HasMaxLength(6000);
        param.Property(p => p.Text).HasMaxLength(RunParam.MaxText).UsePropertyAccessMode(PropertyAccessMode.Property);
        param.HasIndex(p => new { p.Key, p.Number, p.Text, p.RunId });
        param.HasOne<Run>().WithMany().HasForeignKey(p => p.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}
