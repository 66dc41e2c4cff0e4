using WebDemo;

namespace FcnSharp.WebDemoTests;

public class AnswerKindTests
{
    [Theory]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("application/json;labels=runs", "application/json;labels=runs")]
    [InlineData("APPLICATION/JSON; Labels=RUNS", "application/json;labels=runs")]
    [InlineData("image/*", "image/png")]
    [InlineData("image/png", "image/png")]
    [InlineData("image/png;kind=labels", "image/png;kind=labels")]
    [InlineData("image/avif,image/webp,image/*,*/*;q=0.8", "image/png")]
    [InlineData("image/png;kind=labels;q=0.2, image/png;kind=colors;q=0.9", "image/png;kind=colors")]
    [InlineData("text/html, application/json;q=0.1", "application/json")]
    [InlineData("application/json;q=0, image/png", "image/png")]
    public void Choose_ARangeThatIsOffered_TakesTheBest(string accept, string kind) =>
        Assert.Equal(kind, AnswerKind.Choose(accept)?.Names[0]);

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/jpeg")]
    [InlineData("image/png;kind=edges")]
    [InlineData("application/json;labels=png")]
    [InlineData("application/json;q=0")]
    [InlineData("nonsense")]
    public void Choose_ARangeThatIsNot_FindsNothing(string accept) => Assert.Null(AnswerKind.Choose(accept));

    [Fact]
    public void Names_EachSentBack_ChooseTheirOwnKind() =>
        Assert.All(AnswerKind.All, kind => Assert.All(kind.Names, name => Assert.Same(kind, AnswerKind.Choose(name))));
}
