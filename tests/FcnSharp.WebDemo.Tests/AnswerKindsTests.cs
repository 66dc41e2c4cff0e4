using WebDemo.Answers;

namespace FcnSharp.WebDemoTests;

public class AnswerKindsTests
{
    [Theory]
    [InlineData("", "Json")]
    [InlineData("*/*", "Json")]
    [InlineData("application/*", "Json")]
    [InlineData("application/json; charset=utf-8", "Json")]
    [InlineData("application/json;labels=runs", "JsonWithLabels")]
    [InlineData("APPLICATION/JSON; Labels=RUNS", "JsonWithLabels")]
    [InlineData("image/*", "Overlay")]
    [InlineData("image/png", "Overlay")]
    [InlineData("image/png;kind=labels", "Labels")]
    [InlineData("image/avif,image/webp,image/*,*/*;q=0.8", "Overlay")]
    [InlineData("image/png;kind=labels;q=0.2, image/png;kind=colors;q=0.9", "Colors")]
    [InlineData("text/html, application/json;q=0.1", "Json")]
    [InlineData("application/json;q=0, image/png", "Overlay")]
    public void Choose_ARangeThatIsOffered_TakesTheBest(string accept, string kind) =>
        Assert.Equal(Enum.Parse<AnswerKind>(kind), AnswerKinds.Choose(accept));

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/jpeg")]
    [InlineData("image/png;kind=edges")]
    [InlineData("application/json;labels=png")]
    [InlineData("application/json;q=0")]
    [InlineData("nonsense")]
    public void Choose_ARangeThatIsNot_FindsNothing(string accept) => Assert.Null(AnswerKinds.Choose(accept));

    [Fact]
    public void MediaTypes_EachSentBack_ChoosesItsOwnKind() => Assert.All(
        Enum.GetValues<AnswerKind>(),
        kind => Assert.All(AnswerKinds.MediaTypesOf(kind), type => Assert.Equal(kind, AnswerKinds.Choose(type))));
}
