using FcnSharp.Tests.Support;

namespace FcnSharp.ModelTests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne() => ApprovedApi.AssertIsThatOf(typeof(StreetScenes).Assembly);
}
