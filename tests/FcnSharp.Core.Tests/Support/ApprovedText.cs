namespace FcnSharp.Tests.Support;

/// <summary>An approved text, stored as a file beside the tests: a change of the text is visible in the file's diff.</summary>
internal static class ApprovedText
{
    /// <summary>Compares a text with its file; line endings may differ.</summary>
    /// <param name="file">The approved text, relative to the test project.</param>
    /// <param name="actual">The text as it is now; it is left in the test's output folder if it differs.</param>
    public static void AssertIs(string file, string actual)
    {
        var approved = Path.Combine(AppContext.BaseDirectory, file);
        var received = Path.ChangeExtension(file, ".received" + Path.GetExtension(file));
        var (expected, found) = (Lines(File.ReadAllText(approved)), Lines(actual));
        var line = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        if (line == expected.Length && line == found.Length)
        {
            return;
        }

        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, received), string.Join('\n', found) + "\n");
        Assert.Fail(
            $"Line {line + 1} of {file} differs.\n" +
            $"Approved: {expected.ElementAtOrDefault(line)}\nNow:      {found.ElementAtOrDefault(line)}\n" +
            $"If the change is meant, copy {received} from the test's output folder over {file} in the test project.");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
