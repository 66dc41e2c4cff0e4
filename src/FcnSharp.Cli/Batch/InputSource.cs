namespace FcnSharp.Cli.Batch;

/// <summary>Something on the command line that stands for pictures: a file, a folder, a pattern or a list.</summary>
/// <param name="Given">As the user wrote it.</param>
/// <param name="Pictures">Looks them up, each time it is called; in the same order as long as nothing changes.</param>
/// <param name="MayBeEmpty">Whether it is no mistake when there are none.</param>
internal sealed record InputSource(string Given, Func<IEnumerable<PictureJob>> Pictures, bool MayBeEmpty);
