using Microsoft.Playwright;

namespace FcnSharp.Tests.Shared;

/// <summary>The system's Chromium, without its sandbox, which root cannot use, and without requests of its own.</summary>
internal static class Chromium
{
    private const string UsualPath = "/usr/bin/chromium";

    /// <summary>Starts it; the variable CHROMIUM names another program.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? UsualPath,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    });
}
