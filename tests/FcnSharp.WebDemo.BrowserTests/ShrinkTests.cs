using System.Text.Json;
using FcnSharp.Imaging;
using static Microsoft.Playwright.Assertions;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>Pictures that are larger than the network or the service needs.</summary>
public class ShrinkTests(Site site)
{
    [Fact]
    public async Task Picture_OfTheRightSize_IsSentAsItIs()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);

        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven)]);

        await visit.ExpectLeuvenAsync();
        Assert.Equal(Pictures.Leuven.Length, await visit.Page.EvaluateAsync<int>("window.sent.size"));
    }

    [Fact]
    public async Task Picture_Of36Megabytes_IsSentAsLess()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);
        var path = Path.Combine(AppContext.BaseDirectory, "padded.jpg");
        await File.WriteAllBytesAsync(path, Pictures.Padded(Pictures.Leuven, 36 << 20));

        await visit.ChooseAsync(path);

        await visit.ExpectLeuvenAsync();
        Assert.InRange(await visit.Page.EvaluateAsync<int>("window.sent.size"), 1, 1 << 20);
    }

    [Fact]
    public async Task Picture_Of12000By9000Pixels_IsSegmentedSmallerAndSaysSo()
    {
        await using var visit = await site.VisitAsync();
        var file = Pictures.Encoded(Pictures.Halves(12000, 9000), ImageFormat.Jpeg);

        await visit.ChooseAsync([Pictures.Named("huge.jpg", file)]);

        await Expect(visit.Status).ToContainTextAsync("12000 × 9000 pixels, segmented at 1200 × 900, ");
        var json = JsonDocument.Parse(await visit.DownloadAsync("Download JSON", "huge.json")).RootElement;
        Assert.Equal((1200, 900), SizeOf(json));
        Assert.Equal((12000, 9000), SizeOf(json.GetProperty("original")));
        Assert.Equal("huge.jpg", json.GetProperty("picture").GetString());
        using var png = new MemoryStream(await visit.DownloadAsync("Download PNG", "huge-overlay.png"));
        var saved = RgbImage.Load(png);
        Assert.Equal((4618, 3464), (saved.Width, saved.Height)); // 16 million pixels, what a phone's canvas has
    }

    [Fact]
    public async Task Picture_ThatIsToBeTurned_IsShownAndSentUpright()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);
        var file = Pictures.WithOrientation(Pictures.Encoded(Pictures.Halves(2400, 1800), ImageFormat.Jpeg));

        await visit.ChooseAsync([Pictures.Named("turned.jpg", file)]);

        await Expect(visit.Status).ToContainTextAsync("1800 × 2400 pixels, segmented at 900 × 1200, ");
        var sent = await visit.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const bitmap = await createImageBitmap(window.sent);
              const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
              context.drawImage(bitmap, 0, 0);
              const pixels = [[800, 100], [100, 1100]].flatMap(([x, y]) => [...context.getImageData(x, y, 1, 1).data]);
              return [bitmap.width, bitmap.height, ...pixels.map((value) => Math.round(value / 255))];
            }
            """);
        int[] upright = [900, 1200, 1, 0, 0, 1, 0, 0, 1, 1]; // red above, blue below
        Assert.Equal(upright, sent);
        Assert.Equal(1536, await visit.Page.EvaluateAsync<int>("document.getElementById('photo').width"));
    }

    [Fact]
    public async Task Picture_ThatStaysTooLarge_IsNotSent()
    {
        await using var visit = await site.VisitAsync(prepare: page => page.RouteAsync("**/api/model", async route =>
        {
            var answer = await route.FetchAsync();
            var model = (await answer.TextAsync()).Replace("\"max_body_bytes\":20971520", "\"max_body_bytes\":1000");
            await route.FulfillAsync(new() { Response = answer, Body = model });
        }));

        await visit.ChooseAsync([Pictures.Named("street.jpg", Pictures.Leuven)]);

        await Expect(visit.Fault).ToContainTextAsync("The picture is too large. It has 0.2 MB, and the limit is 0.0 MB.");
    }

    private static (int Width, int Height) SizeOf(JsonElement json) =>
        (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32());

    /// <summary>Keeps what the page sends in window.sent.</summary>
    private static Task WatchSendingAsync(Visit visit) => visit.Page.EvaluateAsync(
        """
        () => {
          const fetch = window.fetch;
          window.fetch = (address, options) => {
            window.sent = options.body;
            return fetch(address, options);
          };
        }
        """);
}
