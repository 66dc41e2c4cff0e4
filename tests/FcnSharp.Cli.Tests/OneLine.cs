namespace FcnSharp.CliTests;

/// <summary>What the tool says when something is wrong: one line for a person, nothing for a programmer.</summary>
internal static class OneLine
{
    public static void Assert(string errors, string start)
    {
        Xunit.Assert.StartsWith(start, errors);
        Xunit.Assert.Equal(1, errors.Count(letter => letter == '\n'));
        Xunit.Assert.DoesNotContain("   at ", errors);
        Xunit.Assert.DoesNotContain('\u001b', errors);
    }
}
