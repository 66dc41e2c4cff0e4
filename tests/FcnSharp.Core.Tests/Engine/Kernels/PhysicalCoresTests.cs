using FcnSharp.Engine.Kernels;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Kernels;

public class PhysicalCoresTests
{
    /// <summary>Eight logical processors on four cores; siblings are i and i + 4.</summary>
    [Theory]
    [InlineData("0-7", 8, 4)]
    [InlineData("0,4", 2, 1)]
    [InlineData("0-2,5", 4, 3)]
    [InlineData("0-7", 3, 3)]
    [InlineData("6", 1, 1)]
    public void CountIn_ProcessorsOfAMachineWithSiblings_CountsCoresThatMayBeUsed(string allowed, int limit, int expected)
    {
        using var machine = Machine(allowed);

        Assert.Equal(expected, PhysicalCores.CountIn(machine.Path, machine["status"], limit));
    }

    [Theory]
    [InlineData("0-9")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public void CountIn_FilesThatDoNotSay_GivesTheLimit(string? allowed)
    {
        using var machine = Machine(allowed);

        Assert.Equal(6, PhysicalCores.CountIn(machine.Path, machine["status"], limit: 6));
    }

    [Fact]
    public void Count_OfThisMachine_IsNoMoreThanItsProcessors() => Assert.InRange(PhysicalCores.Count, 1, Environment.ProcessorCount);

    private static TempFolder Machine(string? allowed)
    {
        var folder = new TempFolder();
        for (var cpu = 0; cpu < 8; cpu++)
        {
            var topology = Directory.CreateDirectory(folder[$"cpu{cpu}/topology"]);
            File.WriteAllText(Path.Combine(topology.FullName, "thread_siblings_list"), $"{cpu % 4},{(cpu % 4) + 4}\n");
        }

        File.WriteAllText(folder["status"], $"Name:\ttest\n{(allowed is null ? "" : $"Cpus_allowed_list:\t{allowed}\n")}");
        return folder;
    }
}
