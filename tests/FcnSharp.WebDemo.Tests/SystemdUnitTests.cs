using System.Globalization;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>The unit of systemd fits the program; eng/check-web.sh lets systemd itself read it.</summary>
public class SystemdUnitTests
{
    private static readonly ILookup<string, string> Unit = DeploymentFiles.Read("fcnsharp-web.service").ReplaceLineEndings("\n").Split('\n')
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToLookup(pair => pair[0], pair => pair[1]);

    [Fact]
    public void Unit_OfTheDemo_StartsTheProgramOnThePortOfTheImage()
    {
        Assert.EndsWith($"/{typeof(ServiceOptions).Assembly.GetName().Name}", Assert.Single(Unit["ExecStart"]));
        Assert.Contains($"ASPNETCORE_HTTP_PORTS={DeploymentFiles.Image.Port}", Unit["Environment"]);
    }

    [Fact]
    public void Unit_OfTheDemo_LetsTheLastPicturesEnd() =>
        Assert.True(int.Parse(Assert.Single(Unit["TimeoutStopSec"]), CultureInfo.InvariantCulture) > new ServiceOptions().TimeoutSeconds);

    [Theory]
    [InlineData("DynamicUser", "yes")]
    [InlineData("CapabilityBoundingSet", "")]
    [InlineData("NoNewPrivileges", "yes")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("SystemCallFilter", "@system-service")]
    public void Unit_OfTheDemo_GivesNoRightsThatItDoesNotNeed(string setting, string value) =>
        Assert.Equal(value, Assert.Single(Unit[setting]));
}
