using Microsoft.Playwright;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The devices that visitors come with.</summary>
internal static class Screens
{
    public static BrowserNewContextOptions Desktop { get; } =
        new() { ViewportSize = new() { Width = 1280, Height = 860 }, ColorScheme = ColorScheme.Light };

    public static BrowserNewContextOptions DarkDesktop { get; } = new(Desktop) { ColorScheme = ColorScheme.Dark };

    public static BrowserNewContextOptions Phone { get; } = new()
    {
        ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, IsMobile = true, HasTouch = true,
        ColorScheme = ColorScheme.Light,
    };

    public static BrowserNewContextOptions DarkPhone { get; } = new(Phone) { ColorScheme = ColorScheme.Dark };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, BrowserNewContextOptions> All { get; } = new Dictionary<string, BrowserNewContextOptions>
    {
        ["desktop-light"] = Desktop, ["desktop-dark"] = DarkDesktop, ["phone-light"] = Phone, ["phone-dark"] = DarkPhone,
    };
}
