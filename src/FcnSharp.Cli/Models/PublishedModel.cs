using FcnSharp.Support;

namespace FcnSharp.Cli.Models;

/// <summary>A published file of weights.</summary>
internal sealed record PublishedModel
{
    private const long Mebibyte = 1 << 20;

    private static readonly Uri Torchvision = new("https://download.pytorch.org/models/");

    /// <summary>The name for <c>fcn pull</c> and <c>--model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The publisher's file name. It has the first eight hexadecimal digits of the file's SHA-256 after its last
    /// hyphen.</summary>
    public required string File { get; init; }

    /// <summary>The file's SHA-256 in lower case: all of its digits where they are known, otherwise those in the file's name.</summary>
    public string Sha256
    {
        get => field ?? Path.GetFileNameWithoutExtension(File)[(File.LastIndexOf('-') + 1)..];
        init;
    }

    /// <summary>The address of the publisher's folder.</summary>
    public Uri Publisher { get; init; } = Torchvision;

    /// <summary>The published size in MiB.</summary>
    public required double Mebibytes { get; init; }

    /// <summary>The licence.</summary>
    public string License { get; init; } = "BSD-3-Clause";

    /// <summary>The purpose of the model.</summary>
    public required string Purpose { get; init; }

    /// <summary>The publisher's scores.</summary>
    public required string Scores { get; init; }

    /// <summary>The largest size of the file in bytes: a tolerance for rounded published sizes.</summary>
    public long MaxBytes => (long)(1.01 * Mebibytes * Mebibyte);

    /// <summary>All models, networks first. Sizes and scores are those of torchvision's documentation. It does not publish whole sums;
    /// these are from projects that list them for files of torchvision, and begin with the digits in the files' names.</summary>
    public static IReadOnlyList<PublishedModel> All { get; } =
    [
        Network("fcn_resnet50", "fcn_resnet50_coco-1167a1af.pth", 135.009, "mean IoU 0.605, pixel accuracy 0.914") with
        {
            Sha256 = "1167a1affa42e1e62858f8d3fac12d109e0108327ffc91c5855a324b11683c36",
        },
        Network("fcn_resnet101", "fcn_resnet101_coco-7ecb50ca.pth", 207.711, "mean IoU 0.637, pixel accuracy 0.919") with
        {
            Sha256 = "7ecb50ca17844860a70d5ed0c748d997cf8adb62932abaa0233430c68594d749",
        },
        Trunk("resnet18", "resnet18-f37072fd.pth", 44.661, 0.698) with
        {
            Sha256 = "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
        },
        Trunk("resnet34", "resnet34-b627a593.pth", 83.275, 0.733),
        Trunk("resnet50", "resnet50-0676ba61.pth", 97.781, 0.761) with
        {
            Sha256 = "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
        },
        Trunk("resnet50_v2", "resnet50-11ad3fa6.pth", 97.79, 0.809) with
        {
            Sha256 = "11ad3fa62ca79e40addfd354a8ec4b7c75143b3038b8d2a807fbc68deab379ca",
        },
        Trunk("resnet101", "resnet101-63fe2227.pth", 170.511, 0.774),
        Trunk("resnet101_v2", "resnet101-cd907fc2.pth", 170.53, 0.819),
        Trunk("vgg16", "vgg16-397923af.pth", 527.796, 0.716) with
        {
            Sha256 = "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
        },
        Trunk("vgg16_bn", "vgg16_bn-6c64b313.pth", 527.866, 0.734) with
        {
            Sha256 = "6c64b3138f2f4fcb3bcc4cafde11619c4f440eb1631787e93a682fd88305888a",
        },
    ];

    /// <summary>The model of this name; null if there is none.</summary>
    public static PublishedModel? Find(string name) =>
        All.FirstOrDefault(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static PublishedModel Network(string name, string file, double mebibytes, string scores) => new()
    {
        Name = name,
        File = file,
        Mebibytes = mebibytes,
        Purpose = "21 classes of Pascal VOC",
        Scores = $"COCO val2017: {scores}",
    };

    private static PublishedModel Trunk(string name, string file, double mebibytes, double accuracy) => new()
    {
        Name = name,
        File = file,
        Mebibytes = mebibytes,
        Purpose = "trunk for training",
        Scores = Guard.Text($"ImageNet: top-1 accuracy {accuracy:F3}"),
    };
}
