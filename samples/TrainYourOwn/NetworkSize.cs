namespace TrainYourOwn;

/// <summary>How wide the network is: what it can tell apart, and how long it takes.</summary>
internal enum NetworkSize
{
    Tiny,
    Small,
    Standard,
}
