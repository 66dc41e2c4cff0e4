#:project ../src/FcnSharp.Core/FcnSharp.Core.csproj
#:property PublishAot=false

// Makes many different pictures from one, to test runs over many pictures.
// Run: dotnet run -c Release eng/slurm-pictures.cs -- PHOTO FOLDER COUNT

using System.Globalization;
using FcnSharp.Imaging;

if (args is not [var photo, var folder, var number])
{
    Console.Error.WriteLine("usage: dotnet run eng/slurm-pictures.cs -- PHOTO FOLDER COUNT");
    return 2;
}

var picture = RgbImage.Load(photo);
var count = int.Parse(number, CultureInfo.InvariantCulture);
for (var i = 0; i < count; i++)
{
    // Cuts a growing number of columns off at the right and mirrors every second picture; eight pictures per folder.
    var width = picture.Width - (5 * i);
    var cut = Left(picture, width);
    var place = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"street-{i / 8}"));
    Directory.CreateDirectory(place);
    (i % 2 == 0 ? cut : cut.Mirror()).Save(Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{i % 8}.jpg")));
}

return 0;

static RgbImage Left(RgbImage picture, int width)
{
    var pixels = new byte[3 * width * picture.Height];
    for (var y = 0; y < picture.Height; y++)
    {
        picture.Pixels.Span.Slice(3 * y * picture.Width, 3 * width).CopyTo(pixels.AsSpan(3 * y * width));
    }

    return new RgbImage(pixels, width, picture.Height);
}
