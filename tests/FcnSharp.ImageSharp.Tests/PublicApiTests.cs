using FcnSharp.ImageSharp;
using FcnSharp.Tests.Support;

namespace FcnSharp.ImageSharpTests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne() => ApprovedApi.AssertIsThatOf(typeof(ImageConversion).Assembly);
}
