namespace FcnSharp.Benchmarks;

/// <summary>A command of this program.</summary>
internal abstract class Command
{
    /// <summary>The name of the command on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The options and arguments, in one line.</summary>
    public abstract string Usage { get; }

    /// <summary>Names of the options that take a value.</summary>
    public abstract IReadOnlyCollection<string> Options { get; }

    /// <summary>Names of the options without a value.</summary>
    public virtual IReadOnlyCollection<string> Switches => [];

    /// <summary>Whether the command takes positional arguments, such as paths.</summary>
    public virtual bool TakesWords => false;

    /// <returns>The program's exit code.</returns>
    public abstract int Run(Arguments arguments);
}
