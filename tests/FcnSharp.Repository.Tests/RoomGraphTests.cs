namespace FcnSharp.RepositoryTests;

/// <summary>The graph of small sources.</summary>
public class RoomGraphTests
{
    [Theory]
    [InlineData("class Run { Weights.Checkpoint? file; }")]
    [InlineData("class Run { FcnSharp.Weights.Checkpoint? file; }")]
    [InlineData("using FcnSharp.Weights; class Run { Checkpoint? file; }")]
    [InlineData("using Stored = FcnSharp.Weights.Checkpoint; class Run { Stored? file; }")]
    [InlineData("/// <summary>Of a <see cref=\"Weights.Checkpoint\"/>.</summary>\nclass Run { }")]
    [InlineData("class Run { string Name => nameof(Weights.Checkpoint); }")]
    [InlineData("class Run { void Go() { var file = Networks.Network.Start(); } }")]
    [InlineData("class Run { int Size => Networks.Network.Start().Size; }")]
    public void Uses_HoweverANameIsWritten_AreSeen(string run)
    {
        var graph = Graph(("Training", run));

        Assert.Contains(("Training", "Weights"), graph.Uses.Keys);
        Assert.Empty(graph.Unresolved);
    }

    [Theory]
    [InlineData("using FcnSharp.Weights; class Run { }")]
    [InlineData("/// <summary>Of Weights.Checkpoint.</summary>\nclass Run { string Weights => \"Weights.Checkpoint\"; }")]
    public void Uses_OfNothing_AreNone(string run) =>
        Assert.DoesNotContain(("Training", "Weights"), Graph(("Training", run)).Uses.Keys);

    [Fact]
    public void UsesOfWholeRooms_OfARoomInside_AreThoseOfTheRoom()
    {
        var graph = Graph(("Training.Loop", "class Run { Weights.Checkpoint? file; Step? step; }"), ("Training", "class Step { }"));

        Assert.Equal(
            [("Networks", "Weights"), ("Training", "Weights"), ("Weights", "Networks")], graph.UsesOfWholeRooms.Keys.Order());
    }

    [Fact]
    public void UsesOnCycles_AreThoseThatComeBack()
    {
        var graph = Graph(
            ("Training", "class Run { Loop.Step? step; }"), ("Training.Loop", "class Step { Run? run; Weights.Checkpoint? file; }"));

        Assert.Equal(
            ["Networks -> Weights", "Training -> Training.Loop", "Training.Loop -> Training", "Weights -> Networks"], graph.UsesOnCycles);
    }

    [Fact]
    public void UsesOnCycles_OfAnEntryPoint_AreThoseOfARoomOfItsOwn()
    {
        const string options = "/// <summary>For a <see cref=\"Trainer\"/>.</summary>\nclass Options { }";
        const string trainer = "class Trainer { Loop.Step? step; Options? options; }";
        const string step = "class Step { Options? options; }";

        Assert.DoesNotContain(
            Graph(("Training", options), ("Training", trainer), ("Training.Loop", step)).UsesOnCycles, Inside);
        Assert.Equal(
            ["Training.Loop -> Training.Trainer", "Training.Trainer -> Training.Loop"],
            Graph(("Training", options), ("Training", trainer), ("Training.Loop", "class Step { Trainer? trainer; }")).UsesOnCycles
                .Where(Inside));

        static bool Inside(string use) => use.StartsWith("Training", StringComparison.Ordinal);
    }

    [Fact]
    public void Unresolved_AMisspeltRoom_IsTold() =>
        Assert.Contains("Weight", Assert.Single(Graph(("Training", "class Run { Weight.Checkpoint? file; }")).Unresolved));

    /// <summary>Compiles sources together with two that use each other.</summary>
    private static RoomGraph Graph(params (string Room, string Text)[] sources) => new(
        "Small",
        sources.Append(("Weights", "class Checkpoint { Networks.Network? network; public int Size => 1; }"))
            .Append(("Networks", "class Network { public static Weights.Checkpoint Start() => new(); }"))
            .Select((source, i) => ($"{i}.cs", InRoom(source.Item1, source.Item2))),
        new HashSet<string>(["Training.Trainer"]));

    private static string InRoom(string room, string text)
    {
        var usings = text.StartsWith("using ", StringComparison.Ordinal) ? text.IndexOf(';') + 1 : 0;
        return $"{text[..usings]} namespace FcnSharp.{room};\n{text[usings..]}";
    }
}
