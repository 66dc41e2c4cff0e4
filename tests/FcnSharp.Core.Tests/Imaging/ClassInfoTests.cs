using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class ClassInfoTests
{
    [Theory]
    [InlineData("SignSymbol", "Sign symbol")]
    [InlineData("person", "person")]
    [InlineData("potted plant", "potted plant")]
    [InlineData("FarSignSymbol", "Far sign symbol")]
    [InlineData("roadMTB", "road MTB")]
    [InlineData("X", "X")]
    [InlineData("aB", "a b")]
    [InlineData("class 42", "class 42")]
    public void DisplayName_WritesWordsApart(string name, string expected) =>
        Assert.Equal(expected, new ClassInfo(name, default).DisplayName);
}
