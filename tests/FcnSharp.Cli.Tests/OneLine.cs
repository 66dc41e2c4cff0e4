namespace FcnSharp.CliTests;

/// <summary>Asserts that an error is one line for the user, without a stack trace.</summary>
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
