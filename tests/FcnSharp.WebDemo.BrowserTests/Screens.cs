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
}
