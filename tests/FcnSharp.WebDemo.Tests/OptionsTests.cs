using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>Invalid options end the program before it listens, with one line that says what to change.</summary>
public class OptionsTests
{
    [Theory]
    [InlineData(nameof(ServiceOptions.MaxBodyBytes), "100", "1024 to 1073741824")]
    [InlineData(nameof(ServiceOptions.MaxPixels), "0", "1 to 500000000")]
    [InlineData(nameof(ServiceOptions.MaxRequests), "0", "1 to 10000")]
    [InlineData(nameof(ServiceOptions.MaxPicturesAtOnce), "-1", "1 to 1024")]
    [InlineData(nameof(ServiceOptions.ThreadsPerPicture), "0", "1 to 1024")]
    [InlineData(nameof(ServiceOptions.MaxAnswerBytes), "1000", "1048576 to 68719476736")]
    [InlineData(nameof(ServiceOptions.MinBytesPerSecond), "0", "1 to 1000000000")]
    [InlineData(nameof(ServiceOptions.TimeoutSeconds), "4000", "1 to 3600")]
    [InlineData(nameof(ServiceOptions.RetryAfterSeconds), "0", "1 to 3600")]
    [InlineData(nameof(ServiceOptions.MaxPixels), "many", "many")]
    [InlineData(nameof(ServiceOptions.ModelFile), "nowhere.safetensors", "no such file")]
    [InlineData("MaxPixel", "5", "MaxPixel")]
    public async Task Program_WithAnOptionThatCannotBeUsed_EndsWithOneLine(string name, string value, string word)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "WebDemo.dll");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "--urls", "http://127.0.0.1:0", $"--{ServiceOptions.Section}:{name}", value])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();

        var errors = await process.StandardError.ReadToEndAsync();

        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("error: ", errors);
        Assert.Contains(name, errors);
        Assert.Contains(word, errors);
        Assert.Equal(1, errors.Count(letter => letter == '\n'));
        Assert.DoesNotContain("listening", await output);
    }

    [Fact]
    public void AppSettings_AsShipped_AreTheDefaults()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();

        Assert.Equal(new ServiceOptions(), shipped.GetSection(ServiceOptions.Section).Get<ServiceOptions>());
    }
}
