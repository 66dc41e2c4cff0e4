namespace FcnSharp.Engine;

/// <summary>One layer of a <see cref="CpuPlan"/>.</summary>
public sealed record CpuPlanStep
{
    internal CpuPlanStep(string name, string kernel) => (Name, Kernel) = (name, kernel);

    /// <summary>The name of the operation in the graph.</summary>
    public string Name { get; }

    /// <summary>A short description of the kernel.</summary>
    public string Kernel { get; }

    /// <summary>Shape of the output; null for a map that exists only in strips.</summary>
    public MapShape? Output { get; internal init; }

    /// <summary>Multiplications by the definition of the operation, including those with padding zeros.</summary>
    public long AskedMultiplications { get; internal init; }

    /// <summary>Multiplications of the matrix products: fewer with Winograd's method, whose transforms are not counted.</summary>
    public long Multiplications { get; internal init; }

    /// <summary>Bytes of the output map; 0 if it never exists as a whole.</summary>
    public long MapBytes { get; internal init; }
}
