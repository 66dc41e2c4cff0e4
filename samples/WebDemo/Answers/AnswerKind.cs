namespace WebDemo.Answers;

/// <summary>What a segmented picture can be answered with.</summary>
internal enum AnswerKind
{
    /// <summary>Shares and regions.</summary>
    Json,

    /// <summary>Shares, regions and the class of every pixel.</summary>
    JsonWithLabels,

    /// <summary>The picture with its classes laid over it.</summary>
    Overlay,

    /// <summary>Every pixel in the colour of its class.</summary>
    Colors,

    /// <summary>An indexed PNG: pixels are class ids.</summary>
    Labels,
}
