using System.Diagnostics;

namespace FcnSharp.Tests.Support;

/// <summary>Paths to anything except a file with content, by kind; Windows has few of them.</summary>
internal static class SpecialFiles
{
    public static TheoryData<string> Kinds => OperatingSystem.IsWindows()
        ? ["empty"]
        : ["empty", "device", "link to a device", "pipe", "link to a pipe"];

    /// <summary>Creates a special file in a folder and returns its path.</summary>
    public static string Make(string kind, TempFolder folder)
    {
        switch (kind)
        {
            case "empty":
                File.WriteAllBytes(folder["it"], []);
                return folder["it"];
            case "device":
                return "/dev/zero";
            case "link to a device":
                File.CreateSymbolicLink(folder["it"], "/dev/zero");
                return folder["it"];
            case "pipe":
                using (var process = Process.Start("mkfifo", folder["it"]))
                {
                    process.WaitForExit();
                }

                return folder["it"];
            default:
                File.CreateSymbolicLink(folder["link"], Make("pipe", folder));
                return folder["link"];
        }
    }
}
