using System.Collections.Immutable;
using FcnSharp.Tensors;
using FcnSharp.Training.Planning;

namespace FcnSharp.Training.Loop;

/// <summary>Where an interrupted run goes on.</summary>
/// <param name="State">Where it stood.</param>
/// <param name="ClassPixels">How many training pixels every class has; empty when they were not counted.</param>
/// <param name="Tensors">Its learner's state.</param>
internal sealed record ResumePoint(RunState State, ImmutableArray<long> ClassPixels, IReadOnlyList<NamedTensor> Tensors);
