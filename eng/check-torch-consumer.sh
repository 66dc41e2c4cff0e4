#!/usr/bin/env bash
# Checks that applications which know nothing but the packages FcnSharp and TorchSharp-cpu get working tensors.
#   eng/check-torch-consumer.sh FEED VERSION
# FEED is a folder with FcnSharp.VERSION.nupkg and FcnSharp.Core.VERSION.nupkg. Needs about 1.2 GB of temporary space.
set -uo pipefail

if [ $# -ne 2 ]; then
  echo "usage: $0 FEED VERSION" >&2
  exit 2
fi

feed=$(cd "$1" && pwd) || exit 2
version=$2
torchsharp=0.107.0
limit_mb=60

work=$(mktemp -d)
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: *//')
failures=0

# A cached package of the same version would hide the one under test, now or next time.
forget() { rm -rf "${cache%/}/fcnsharp/$version" "${cache%/}/fcnsharp.core/$version"; }
trap 'rm -rf "$work"; forget' EXIT
forget

# check TEXT COMMAND...: one line for the outcome, the command's output only when it fails.
check() {
  local text=$1
  shift
  if "$@" > "$work/log" 2>&1; then
    echo "ok    $text"
  else
    echo "FAIL  $text"
    sed 's/^/      /' "$work/log" | tail -40
    failures=$((failures + 1))
  fi
}

prints() {
  local expected=$1
  shift
  local output
  output=$("$@" 2>&1)
  local code=$?
  echo "$output"
  [ $code -eq 0 ] && [[ $output == *"$expected"* ]]
}

at_most() { [ "$(du -sm "$2" | tee /dev/stderr | cut -f1)" -le "$1" ]; }

one_libtorch() { [ "$(find "$1" -type f -size +100M | tee /dev/stderr | wc -l)" -eq 1 ]; }

# project NAME EXTENSION BACKEND: a project file with package references only.
project() {
  mkdir -p "$work/$1"
  cat > "$work/$1/$1.$2" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="FcnSharp" Version="$version" />
    $3
  </ItemGroup>
</Project>
XML
}

cd "$work" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
echo '<configuration />' > nuget.config
dotnet nuget add source "$feed" --name under-test --configfile nuget.config > log || { cat log; exit 1; }
backend="<PackageReference Include=\"TorchSharp-cpu\" Version=\"$torchsharp\" />"

project app csproj "$backend"
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
    }
}
CS
rid=$(dotnet msbuild app/app.csproj -getProperty:NETCoreSdkPortableRuntimeIdentifier)

check "C#: builds without warnings" dotnet build app -c Release
check "C#: dotnet run, TorchSharp before FcnSharp" prints "sum 4" dotnet run --project app -c Release --no-build
check "C#: status tells how libtorch was loaded" prints "libtorch: loaded" dotnet app/bin/Release/net10.0/app.dll
check "C#: build output of at most $limit_mb MB, also after running" at_most $limit_mb app/bin

for contained in false true; do
  check "C#: publishes, self-contained=$contained" dotnet publish app -c Release -r "$rid" --self-contained $contained -o published
  check "C#: the published application runs, self-contained=$contained" prints "sum 4" ./published/app
  check "C#: published libtorch exactly once, self-contained=$contained" one_libtorch published
  rm -rf published
done
check "C#: build output for $rid of at most $limit_mb MB besides .NET" at_most $((limit_mb + 80)) app/bin
rm -rf app

project functional fsproj "$backend"
sed -i 's|<ItemGroup>|<ItemGroup><Compile Include="Program.fs" />|' functional/functional.fsproj
cat > functional/Program.fs <<'FS'
open TorchSharp

let ones = torch.ones([| 2L; 2L |])
let sum = ones.sum()
printfn "sum %g" (sum.ToSingle())
FS
check "F#: builds without warnings" dotnet build functional -c Release
check "F#: dotnet run, no type of FcnSharp" prints "sum 4" dotnet run --project functional -c Release --no-build

project bare csproj ""
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
# TorchSharp searches the NuGet cache for libtorch and copies it into the build output; here it shall find none.
check "Without a backend: TorchSharp's own error carries it" \
  prints "package TorchSharp-cpu $torchsharp" env NUGET_PACKAGES="$work/none" dotnet bare/bin/Release/net10.0/bare.dll torchsharp-first

[ $failures -eq 0 ]
