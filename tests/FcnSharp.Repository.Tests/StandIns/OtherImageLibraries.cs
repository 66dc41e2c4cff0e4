// The few members of other image libraries that the README hands pixels over from, so that its code compiles without them.

namespace SixLabors.ImageSharp
{
    public class Image : System.IDisposable
    {
        public int Width => throw new System.NotSupportedException();

        public int Height => throw new System.NotSupportedException();

        public static Image<TPixel> Load<TPixel>(string path)
            where TPixel : unmanaged => throw new System.NotSupportedException();

        public void Dispose()
        {
        }
    }

    public sealed class Image<TPixel> : Image
        where TPixel : unmanaged
    {
        public void CopyPixelDataTo(System.Span<byte> destination) => throw new System.NotSupportedException();
    }
}

namespace SixLabors.ImageSharp.PixelFormats
{
    public struct Rgb24
    {
    }
}

namespace OpenCvSharp
{
    public sealed class Mat : System.IDisposable
    {
        public Mat(string fileName)
        {
        }

        public int Width => throw new System.NotSupportedException();

        public int Height => throw new System.NotSupportedException();

        public System.Span<T> AsSpan<T>()
            where T : unmanaged => throw new System.NotSupportedException();

        public long Step() => throw new System.NotSupportedException();

        public void Dispose()
        {
        }
    }
}
