using FcnSharp.Networks;

namespace FcnSharp.Engine.Cpu;

/// <summary>A picture as a map, for graphs in which an operation other than a first convolution reads it. Cells outside the picture are
/// zero.</summary>
internal sealed unsafe class PictureLayer(string name, Normalization normalization) : Layer(name)
{
    private const int Colors = 3;

    public override string Kernel => "bytes to floats";

    public override void Run(LayerCall call)
    {
        var (picture, window, output) = (call.Picture, call.Window, call.Output);
        var (m, d) = (normalization.Mean, normalization.Deviation);
        float[] mean = [m.R, m.G, m.B];
        float[] deviation = [d.R, d.G, d.B];
        call.Workers.Run(Name, output.Height, room: 0, (y, _) =>
        {
            for (var x = 0; x < output.Width; x++)
            {
                var cell = output.Cell(y, x);
                var isInside = window.Y + y < picture.Height && window.X + x < picture.Width;
                for (var color = 0; color < Colors; color++)
                {
                    cell[color] = isInside ? (Byte(x, y, color) - mean[color]) / deviation[color] : 0;
                }
            }
        });

        float Byte(int x, int y, int color) =>
            picture.Pixels.Span[(Colors * (((window.Y + y) * picture.Width) + window.X + x)) + color] / 255f;
    }
}
