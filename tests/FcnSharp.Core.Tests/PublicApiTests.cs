using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne() => ApprovedApi.AssertIsThatOf(typeof(FcnNetwork).Assembly);
}
