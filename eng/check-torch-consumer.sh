#!/usr/bin/env bash
# Checks that tensors work in applications that reference only the packages FcnSharp and TorchSharp-cpu.
#   eng/check-torch-consumer.sh FEED VERSION
# FEED is a folder with FcnSharp.VERSION.nupkg and FcnSharp.Core.VERSION.nupkg. Needs about 1.2 GB of temporary space.
set -uo pipefail

eng=$(cd "$(dirname "$0")" && pwd)
. "$eng/consumer.sh"

torchsharp=0.107.0
limit_mb=60

one_libtorch() { [ "$(find "$1" -type f -size +100M | tee /dev/stderr | wc -l)" -eq 1 ]; }

backend="$(reference FcnSharp "$version")$(reference TorchSharp-cpu $torchsharp)"
asked="<FcnSharpHookLibtorch>true</FcnSharpHookLibtorch><FcnSharpLinkNativeFiles>true</FcnSharpLinkNativeFiles>"

project app csproj "$backend" "$asked"
cat > app/Program.cs <<'CS'
using System;
using TorchSharp;

using var ones = torch.ones(2, 2);
using var sum = ones.sum();
Console.WriteLine($"sum {sum.item<float>()}");
AfterTorchSharp.Print();

static class AfterTorchSharp
{
    public static void Print()
    {
        FcnSharp.Runtime.LibtorchRuntime.EnsureLoaded();
        Console.WriteLine(FcnSharp.Runtime.LibtorchRuntime.Status);

        using var model = new FcnSharp.Models.FCN8s(new FcnSharp.Networks.FcnOptions { NumClasses = 3 });
        using var images = torch.zeros(1, 3, 33, 65);
        using var scores = model.call(images);
        Console.WriteLine($"scores {string.Join(" ", scores.shape)}");
    }
}
CS
rid=$(dotnet msbuild app/app.csproj -getProperty:NETCoreSdkPortableRuntimeIdentifier)

check "C#: builds without warnings" dotnet build app -c Release
check "C#: dotnet run, TorchSharp before FcnSharp" prints "sum 4" dotnet run --project app -c Release --no-build
check "C#: FCN8s scores a picture" prints "scores 1 3 33 65" dotnet run --project app -c Release --no-build
check "C#: status tells how libtorch was loaded" prints "libtorch: loaded" dotnet app/bin/Release/net10.0/app.dll
check "C#: build output of at most $limit_mb MB, also after running" at_most $limit_mb app/bin

for contained in false true; do
  check "C#: publishes, self-contained=$contained" dotnet publish app -c Release -r "$rid" --self-contained $contained -o published
  check "C#: the published application runs, self-contained=$contained" prints "scores 1 3 33 65" ./published/app
  check "C#: published libtorch exactly once, self-contained=$contained" one_libtorch published
  rm -rf published
done
check "C#: build output for $rid of at most $limit_mb MB besides .NET" at_most $((limit_mb + 80)) app/bin
rm -rf app

project functional fsproj "$backend" "$asked"
sed -i 's|<ItemGroup>|<ItemGroup><Compile Include="Program.fs" />|' functional/functional.fsproj
cat > functional/Program.fs <<'FS'
open TorchSharp

let ones = torch.ones([| 2L; 2L |])
let sum = ones.sum()
printfn "sum %g" (sum.ToSingle())
FS
check "F#: builds without warnings" dotnet build functional -c Release
check "F#: dotnet run, no type of FcnSharp" prints "sum 4" dotnet run --project functional -c Release --no-build

project bare csproj "$(reference FcnSharp "$version")"
cat > bare/Program.cs <<'CS'
using System;
using FcnSharp.Runtime;

try
{
    if (args.Length > 0)
    {
        Console.WriteLine(TorchSharp.torch.ones(1).sum());
    }

    LibtorchRuntime.EnsureLoaded();
}
catch (LibtorchLoadException error)
{
    Console.WriteLine(error.Message);
}
catch (TypeInitializationException error)
{
    Console.WriteLine($"TorchSharp: {error.InnerException?.Message}");
}
CS
check "Without a backend: builds without warnings" dotnet build bare -c Release
check "Without a backend: the error names the package" prints "package TorchSharp-cpu $torchsharp" dotnet bare/bin/Release/net10.0/bare.dll
# TorchSharp searches the NuGet cache for libtorch and copies it into the build output; this cache has none.
check "Without a backend: TorchSharp's own error carries it" \
  prints "package TorchSharp-cpu $torchsharp" env NUGET_PACKAGES="$work/none" dotnet bare/bin/Release/net10.0/bare.dll torchsharp-first

verdict
