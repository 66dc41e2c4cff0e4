using System.Text.Json.Serialization;
using FcnSharp.Imaging;
using WebDemo;

namespace BrowserDemo;

/// <summary>Serialises results without reflection, with the names that the page expects.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(SegmentationJson))]
internal sealed partial class AnswerJson : JsonSerializerContext;
