namespace FcnSharp.Cli.Batch;

/// <summary>A picture on its way through a run.</summary>
/// <param name="Job">Which picture.</param>
/// <param name="Name">The fingerprint of its name.</param>
/// <param name="Version">The fingerprint of the picture as it was before it was read, and of how it is segmented.</param>
internal sealed record BatchItem(PictureJob Job, UInt128 Name, UInt128 Version);
