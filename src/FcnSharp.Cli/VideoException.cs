using FcnSharp.Support;

namespace FcnSharp.Cli;

/// <summary>A video cannot be read or written; the message is one line that names it.</summary>
/// <param name="path">The file.</param>
/// <param name="text">The reason and what to do, as sentences that follow "path: ".</param>
/// <param name="inner">The cause, if any.</param>
internal sealed class VideoException(string path, string text, Exception? inner = null)
    : Exception(FileText.Message(path, text), inner);
