using System.Text.Json.Serialization;

namespace FcnSharp.Networks;

/// <summary>The JSON shapes of a model file's metadata, compiled ahead so that trimmed and native programs read them.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(float[]))]
internal sealed partial class ModelJson : JsonSerializerContext;
