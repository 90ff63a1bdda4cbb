using MudBlazor;

namespace Nexus.Web.Shell;

/// <summary>The one theme: neutral greys for structure, one accent for action, four state colours.</summary>
internal static class Theme
{
    public static MudTheme Nexus { get; } = new()
    {
        PaletteLight = new PaletteLight { Primary = "#4f52c9", Background = "#fafafb", Surface = "#ffffff" },
        PaletteDark = new PaletteDark { Primary = "#9aa0ff", Background = "#101114", Surface = "#16181c" },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = ["Inter", "system-ui", "sans-serif"], FontSize = "14px" } },
    };
}
