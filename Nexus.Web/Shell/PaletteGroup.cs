namespace Nexus.Web.Shell;

/// <summary>The headings of the palette, in their order.</summary>
public enum PaletteGroup
{
    Here,
    Recent,
    Go,
    Do,
    Found,
}
