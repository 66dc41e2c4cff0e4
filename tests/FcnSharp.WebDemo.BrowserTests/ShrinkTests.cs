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
    public async Task Picture_OfAKindThatTheServiceDoesNotTake_IsSentAsJpeg()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);

        await visit.ChooseAsync([new() { Name = "street", MimeType = "image/avif", Buffer = Pictures.Leuven }]);

        await visit.ExpectLeuvenAsync();
        Assert.Equal("image/jpeg", await visit.Page.EvaluateAsync<string>("window.sent.type"));
    }

    [Fact]
    public async Task Picture_ThatIsTransparent_IsSentAndShownOnWhite()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);

        await visit.Page.EvaluateAsync(
            """
            async () => {
              const canvas = new OffscreenCanvas(1300, 650);
              canvas.getContext("2d");
              const blob = await canvas.convertToBlob();
              const transfer = new DataTransfer();
              transfer.items.add(new File([blob], "clear.png", { type: "image/png" }));
              document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """);

        await Expect(visit.Status).ToContainTextAsync("1300 × 650 pixels, segmented at 1080 × 540, ");
        Assert.Equal("1080x540: 255 255 255", await PixelAsync(visit, "await createImageBitmap(window.sent)"));
        Assert.Equal("1300x650: 255 255 255", await PixelAsync(visit, "document.getElementById('photo')"));
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

        await Expect(visit.Status).ToContainTextAsync("12000 × 9000 pixels, segmented at 1080 × 810, ");
        var json = JsonDocument.Parse(await visit.DownloadAsync("Download JSON", "huge.json")).RootElement;
        Assert.Equal((1080, 810), SizeOf(json));
        Assert.Equal((12000, 9000), SizeOf(json.GetProperty("original")));
        Assert.Equal("huge.jpg", json.GetProperty("picture").GetString());
        using var png = new MemoryStream(await visit.DownloadAsync("Download PNG", "huge-overlay.png"));
        var saved = RgbImage.Load(png);
        Assert.Equal((4618, 3464), (saved.Width, saved.Height)); // 16 million pixels, the limit of a phone's canvas
    }

    [Fact]
    public async Task Picture_ThatIsToBeTurned_IsShownAndSentUpright()
    {
        await using var visit = await site.VisitAsync();
        await WatchSendingAsync(visit);
        var file = Pictures.WithOrientation(Pictures.Encoded(Pictures.Halves(2400, 1800), ImageFormat.Jpeg));

        await visit.ChooseAsync([Pictures.Named("turned.jpg", file)]);

        await Expect(visit.Status).ToContainTextAsync("1800 × 2400 pixels, segmented at 810 × 1080, ");
        Assert.Equal("810x1080: 255 0 0", await PixelAsync(visit, "await createImageBitmap(window.sent)", 700, 100));
        Assert.Equal("810x1080: 0 0 255", await PixelAsync(visit, "await createImageBitmap(window.sent)", 100, 1000));
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

    /// <summary>Size, and R, G and B (each 0 or 255) at a position, of the picture that an expression of the page returns.</summary>
    private static Task<string> PixelAsync(Visit visit, string source, int x = 10, int y = 10) => visit.Page.EvaluateAsync<string>(
        $$"""
        async () => {
          const source = {{source}};
          const context = new OffscreenCanvas(source.width, source.height).getContext("2d");
          context.drawImage(source, 0, 0);
          const [red, green, blue] = [...context.getImageData({{x}}, {{y}}, 1, 1).data].map((value) => (value > 127 ? 255 : 0));
          return `${source.width}x${source.height}: ${red} ${green} ${blue}`;
        }
        """);

    /// <summary>Stores the bodies that the page sends in window.sent.</summary>
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
