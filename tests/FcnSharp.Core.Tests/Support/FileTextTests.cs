using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class FileTextTests
{
    [Fact]
    public void Shown_OfControlCharacters_HasQuestionMarks() =>
        Assert.Equal("a??b?c?d", FileText.Shown("a\0\u001bb\nc\u2028d"));

    [Fact]
    public void Shown_OfALongText_EndsInAnEllipsis()
    {
        Assert.Equal(new string('x', 80), FileText.Shown(new string('x', 80)));
        Assert.Equal(new string('x', 80) + "…", FileText.Shown(new string('x', 81)));
    }

    [Theory]
    [InlineData(10, 100)]
    [InlineData(10, 5000)]
    [InlineData(300, 300)]
    [InlineData(5000, 10)]
    [InlineData(5000, 5000)]
    public void Message_OfAnyLengths_HasAtMost400CharactersAndBothParts(int path, int reason)
    {
        var message = FileText.Message("/" + new string('p', path - 2) + "E", "R" + new string('r', reason - 1));

        Assert.True(message.Length <= 400);
        Assert.Contains("E: R", message);
        Assert.Equal(path + reason <= 398, !message.Contains('…', StringComparison.Ordinal));
    }
}
