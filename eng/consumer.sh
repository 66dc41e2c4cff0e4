# Shared by the consumer checks: an empty folder outside the repository, a feed to restore from, and one line for each check.
# Sourced with the arguments FEED VERSION; changes to the folder, which is deleted when the shell exits.

if [ $# -ne 2 ]; then
  echo "usage: $0 FEED VERSION" >&2
  exit 2
fi

feed=$(cd "$1" && pwd) || exit 2
version=$2

work=$(mktemp -d)
cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: *//')
. "$(dirname "$0")/checks.sh"

# A cached package of the same version would hide the one under test, now or next time.
forget() {
  for package in fcnsharp fcnsharp.core fcnsharp.imagesharp fcnsharp.streetscenes fcnsharp.cli; do
    rm -rf "${cache%/}/$package/$version"
  done
}
trap 'rm -rf "$work"; forget' EXIT
forget

cd "$work" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
echo '<configuration />' > nuget.config
dotnet nuget add source "$feed" --name under-test --configfile nuget.config > log || { cat log; exit 1; }

# prints EXPECTED COMMAND...: the command succeeds and its output has the text.
prints() {
  local expected=$1
  shift
  local output
  output=$("$@" 2>&1)
  local code=$?
  echo "$output"
  [ $code -eq 0 ] && [[ $output == *"$expected"* ]]
}

# at_most MEGABYTES PATH
at_most() { [ "$(du -sm "$2" | tee /dev/stderr | cut -f1)" -le "$1" ]; }

# project NAME EXTENSION REFERENCES [PROPERTIES]: a project file with package references only.
project() {
  mkdir -p "$work/$1"
  cat > "$work/$1/$1.$2" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <InvariantGlobalization>true</InvariantGlobalization>
    ${4:-}
  </PropertyGroup>
  <ItemGroup>
    $3
  </ItemGroup>
</Project>
XML
}

# reference PACKAGE VERSION
reference() { echo "<PackageReference Include=\"$1\" Version=\"$2\" />"; }
