using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FcnSharp.Imaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>The page without a service: the network works in the browser.</summary>
public class BrowserDemoTests(Site site, StaticSite demo) : IClassFixture<StaticSite>
{
    private const string Segment =
        """
        async (size) => {
          const { segment } = await import("./answer.js");
          const bitmap = await createImageBitmap(await (await fetch("leuven.jpg")).blob());
          const canvas = new OffscreenCanvas(...(size ?? [bitmap.width, bitmap.height]));
          canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
          const picture = await canvas.convertToBlob({ type: "image/png" });
          const begun = performance.now();
          const { labels } = await segment(picture, null, new AbortController().signal);
          const seconds = (performance.now() - begun) / 1000;
          const url = (bytes) => new Promise((resolve) => {
            const reader = new FileReader();
            reader.onload = () => resolve(reader.result);
            reader.readAsDataURL(new Blob([bytes]));
          });
          return [await url(picture), await url(labels), String(seconds)];
        }
        """;

    [Theory]
    [InlineData(null)]
    [InlineData(new[] { 480, 360 })]
    public async Task Picture_Segmented_HasTheLabelsOfTheCpuEngine(int[]? size)
    {
        await using var visit = await VisitAsync();
        await visit.OpenExampleAsync();

        var answer = await visit.Page.EvaluateAsync<string[]>(Segment, size);

        var (png, labels) = (BytesOf(answer[0]), BytesOf(answer[1]));
        using var predictor = StreetScenes.CreatePredictor();
        var expected = predictor.Segment(png).Labels;
        Assert.Equal(expected.Labels.Length, labels.Length);
        var equal = expected.Labels.Span.ToArray().Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length;
        Note($"{expected.Width}x{expected.Height} pixels: {answer[2]} s in the browser, {equal:P3} of the labels are the CPU engine's");
        Assert.InRange(equal, 0.999, 1);
    }

    [Fact]
    public async Task Example_Pressed_ShowsItsClasses()
    {
        await using var visit = await VisitAsync();

        await visit.OpenExampleAsync();

        Assert.Equal(Visit.Sky, await visit.OverlayPixelAsync(375, 20));
        Assert.Equal(Visit.Building, await visit.OverlayPixelAsync(200, 300));
        await Expect(visit.Page.Locator("#engine")).ToContainTextAsync("WebAssembly SIMD");
        await Expect(visit.Page.Locator("#api")).ToBeHiddenAsync();
        await visit.ShootAsync("browser-demo");
    }

    [Fact]
    public async Task FirstVisit_WithTheExample_TakesLessThan25Megabytes()
    {
        await using var visit = await VisitAsync();

        await visit.OpenExampleAsync();

        var sent = demo.SentTo(nameof(FirstVisit_WithTheExample_TakesLessThan25Megabytes));
        Note($"{sent / 1e6:F2} MB for a first visit with the example");
        Assert.InRange(sent, 10_000_000, 25_000_000);
    }

    [Fact]
    public async Task Network_WhileItLoads_TellsHowFarItIs()
    {
        await using var visit = await VisitAsync(page => page.AddInitScriptAsync(
            """
            window.told = [];
            addEventListener("DOMContentLoaded", () => {
              const progress = document.getElementById("progress");
              const watch = { attributes: true, attributeFilter: ["value"] };
              new MutationObserver(() => window.told.push(progress.value)).observe(progress, watch);
            });
            """));

        var told = await visit.Page.EvaluateAsync<double[]>("window.told");

        Assert.Contains(told, fraction => fraction is > 0 and < 1);
        Assert.Contains(1, told);
        await Expect(visit.Page.Locator("#progress")).ToBeHiddenAsync();
        await Expect(visit.Status).ToHaveTextAsync("Ready.");
    }

    [Fact]
    public async Task Picture_Chosen_LeavesNothingToSend()
    {
        List<string> asked = [];
        await using var visit = await VisitAsync(page =>
        {
            page.Request += (_, request) => asked.Add(request.Url);
            return Task.CompletedTask;
        });
        var before = demo.SentTo(nameof(Picture_Chosen_LeavesNothingToSend));

        await visit.ChooseAsync(Site.Leuven);

        await visit.ExpectLeuvenAsync();
        Assert.Equal(before, demo.SentTo(nameof(Picture_Chosen_LeavesNothingToSend)));
        var home = demo.AddressFor(nameof(Picture_Chosen_LeavesNothingToSend)).ToString();
        Assert.All(asked, url => Assert.Matches($"^({Regex.Escape(home)}|blob:|data:)", url));
    }

    [Fact]
    public async Task File_ThatIsNoPicture_IsRefusedKindlyAndTheNextOneWorks()
    {
        await using var visit = await VisitAsync();

        await visit.HandInAsync("drop", Pictures.Named("diary.jpg", "dear diary"u8.ToArray()));

        await Expect(visit.Fault).ToContainTextAsync("This is not a picture that can be read. Use a complete JPEG");
        await visit.OpenExampleAsync();
        await Expect(visit.Fault).ToBeHiddenAsync();
    }

    /// <summary>Opens the demo below a path that is named after the test.</summary>
    private Task<Visit> VisitAsync(Func<IPage, Task>? prepare = null, [CallerMemberName] string test = "") =>
        site.VisitAsync(prepare: prepare, address: demo.AddressFor(test));

    private static byte[] BytesOf(string dataUrl) => Convert.FromBase64String(dataUrl[(dataUrl.IndexOf(',') + 1)..]);

    /// <summary>Stores a figure that eng/check-browser.sh prints.</summary>
    private static void Note(FormattableString figure) =>
        File.AppendAllText(
            Path.Combine(Site.Screenshots, "browser-demo.txt"), figure.ToString(CultureInfo.InvariantCulture) + Environment.NewLine);
}
