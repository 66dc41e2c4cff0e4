using FcnSharp.Models;
using FcnSharp.Tests.Support;

namespace FcnSharp.Torch.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne() => ApprovedApi.AssertIsThatOf(typeof(FCN8s).Assembly);
}
