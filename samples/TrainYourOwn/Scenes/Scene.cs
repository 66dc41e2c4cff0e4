using System.Numerics;

namespace TrainYourOwn.Scenes;

/// <summary>
/// Draws random houses, trees and balls on a meadow under the sky. The colours of classes overlap on purpose: balls may be as green as
/// trees, walls as blue as the sky, so that a network has to learn shapes.
/// </summary>
internal sealed class Scene
{
    public const int Width = 160;
    public const int Height = 128;

    private readonly Canvas canvas = new(Width, Height);
    private readonly Random random;
    private readonly float[] texture;
    private readonly float horizon;

    private Scene(Random random)
    {
        this.random = random;
        texture = [.. Enumerable.Range(0, Width * Height).Select(_ => Between(-1, 1))];
        horizon = Between(0.35f, 0.6f) * Height;
    }

    /// <summary>Draws the scene of a seed.</summary>
    public static Canvas Draw(int seed)
    {
        var scene = new Scene(new Random(seed));
        scene.Background();
        scene.Things();
        scene.Light();
        return scene.canvas;
    }

    private void Background()
    {
        var (zenith, haze) = (Color(0.25f, 0.45f, 0.85f, spread: 0.2f), Color(0.8f, 0.8f, 0.85f, spread: 0.15f));
        canvas.Fill(SceneClass.Sky, _ => true, place => Vector3.Lerp(zenith, haze, place.Y / horizon));
        for (var clouds = random.Next(4); clouds > 0; clouds--)
        {
            var (centre, size) = (new Vector2(Between(0, Width), Between(0, horizon)), Between(6, 16));
            canvas.Fill(
                SceneClass.Sky,
                place => Vector2.Distance((place - centre) * new Vector2(0.4f, 1), Vector2.Zero) < size * 0.6f && place.Y < horizon,
                place => Vector3.Lerp(Vector3.One, haze, Vector2.Distance(place, centre) / (2 * size)));
        }

        var (near, far, slope) = (Color(0.3f, 0.5f, 0.2f, spread: 0.15f), Color(0.5f, 0.6f, 0.35f, spread: 0.15f), Between(-0.1f, 0.1f));
        var hills = Between(0, 6.28f);
        canvas.Fill(
            SceneClass.Ground,
            place => place.Y > Top(place.X),
            place => Vector3.Lerp(far, near, (place.Y - horizon) / (Height - horizon)) + new Vector3(0.06f * Texture(place)));

        float Top(float x) => horizon + (slope * (x - (Width / 2))) + (3 * MathF.Sin(hills + (x / 18)));
    }

    /// <summary>Draws objects from far to near, so that near objects hide far ones; nearer objects are larger.</summary>
    private void Things()
    {
        var count = random.Next(5, 9);
        for (var i = 0; i < count; i++)
        {
            var nearness = (i + Between(0, 1)) / count;
            var foot = new Vector2(Between(0, Width), horizon + 4 + (nearness * (Height - horizon - 6)));
            var size = 14 + (26 * nearness);
            switch (random.Next(3))
            {
                case 0: House(foot, size); break;
                case 1: Tree(foot, size); break;
                default: Ball(foot, size / 3); break;
            }
        }
    }

    private void House(Vector2 foot, float size)
    {
        var (wall, roof, window) = (
            Color(0.7f, 0.6f, 0.55f, spread: 0.3f), Color(0.5f, 0.25f, 0.2f, spread: 0.2f), Color(0.2f, 0.25f, 0.3f, spread: 0.1f));
        var (half, eaves) = (size * Between(0.45f, 0.7f), size * Between(0.5f, 0.8f));
        var ridge = eaves + (size * Between(0.25f, 0.5f));
        canvas.Fill(SceneClass.House, place => Right(place) < half && Up(place) is var up && up >= 0
            && up < eaves, place => IsWindow(place) ? window : wall);
        canvas.Fill(SceneClass.House, place => Up(place) >= eaves
            && Right(place) < 1.15f * half * (ridge - Up(place)) / (ridge - eaves), _ => roof);

        float Right(Vector2 place) => MathF.Abs(place.X - foot.X);
        float Up(Vector2 place) => foot.Y - place.Y;
        bool IsWindow(Vector2 place) => Right(place) / half is > 0.3f and < 0.7f && Up(place) / eaves is > 0.35f and < 0.75f;
    }

    private void Tree(Vector2 foot, float size)
    {
        var (leaves, bark) = (Color(0.2f, 0.4f, 0.15f, spread: 0.2f), Color(0.35f, 0.25f, 0.15f, spread: 0.1f));
        var (trunk, crown) = (size * Between(0.3f, 0.6f), size * Between(0.3f, 0.45f));
        canvas.Fill(SceneClass.Tree, place => MathF.Abs(place.X - foot.X) < size / 14 && place.Y <= foot.Y
            && place.Y > foot.Y - trunk - crown, _ => bark);
        for (var tuft = 0; tuft < 6; tuft++)
        {
            var centre = foot + new Vector2(Between(-0.7f, 0.7f) * crown, -trunk - (Between(0.4f, 1.6f) * crown));
            var shade = Between(0.75f, 1.15f) * leaves;
            canvas.Fill(SceneClass.Tree, place => Vector2.Distance(place, centre) < crown * 0.7f,
                place => shade + new Vector3(0.12f * Texture(place)));
        }
    }

    private void Ball(Vector2 foot, float radius)
    {
        var (color, centre) = (new Vector3(Between(0.1f, 1), Between(0.1f, 1), Between(0.1f, 1)), foot - new Vector2(0, radius));
        var shine = centre - new Vector2(radius / 3, radius / 2);
        canvas.Fill(
            SceneClass.Ball,
            place => Vector2.Distance(place, centre) < radius,
            place => color * (1.25f - (0.6f * Vector2.Distance(place, shine) / radius)));
    }

    /// <summary>Simulates random light and a random camera: brightness, tint, light from one side, noise.</summary>
    private void Light()
    {
        var (light, side, grain) = (Between(0.55f, 1.15f) * Color(1, 1, 1, spread: 0.12f), Between(-0.3f, 0.3f), Between(0.01f, 0.03f));
        canvas.Develop((place, color) =>
            (color * light * (1 + (side * ((place.X / Width) - 0.5f)))) +
            (grain * new Vector3(Between(-1, 1), Between(-1, 1), Between(-1, 1))));
    }

    /// <summary>The texture of grass and leaves: noise in blocks of 2x2 pixels, which remains visible after scaling.</summary>
    private float Texture(Vector2 place) => texture[((int)place.Y / 2 * Width) + ((int)place.X / 2)];

    private Vector3 Color(float red, float green, float blue, float spread) =>
        new Vector3(red, green, blue) + new Vector3(Between(-spread, spread), Between(-spread, spread), Between(-spread, spread));

    private float Between(float from, float to) => from + ((to - from) * random.NextSingle());
}
