// The few members of OpenCvSharp that the README hands pixels over from, so that its code compiles without the package.

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
