namespace FcnSharp.Engine.Kernels;

/// <summary>A vector register of floats, so that a kernel is written once for registers of any width.</summary>
/// <typeparam name="TSelf">The register type.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Floats in a register.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, float b);

    /// <summary>a * b + c, with a single rounding if the processor has fused multiply-add.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Lane-wise maximum. The handling of NaN depends on the processor.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The first lane whose value equals <paramref name="value"/>, or <see cref="Count"/>.</summary>
    static abstract int IndexOf(TSelf lanes, float value);

    /// <summary>Whether every lane is zero.</summary>
    static abstract bool AreZero(TSelf lanes);

    /// <summary>The largest of the lanes.</summary>
    float Largest();

    void Store(float* target);
}
