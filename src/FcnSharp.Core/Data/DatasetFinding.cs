namespace FcnSharp.Data;

/// <summary>One kind of fault in a data set, with all files that have it. Immutable.</summary>
public sealed class DatasetFinding
{
    internal DatasetFinding(DatasetFault fault, string remedy, IReadOnlyList<FaultyFile> files) =>
        (Fault, Remedy, Files) = (fault, remedy, files);

    /// <summary>The kind of fault.</summary>
    public DatasetFault Fault { get; }

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; }

    /// <summary>The files, in the data set's order.</summary>
    public IReadOnlyList<FaultyFile> Files { get; }
}
