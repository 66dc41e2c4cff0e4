using FcnSharp.Imaging;

namespace WebDemo.Requests;

/// <summary>The problems that this service answers with.</summary>
internal static class Problems
{
    public static ProblemException Busy(int retryAfterSeconds) =>
        new(StatusCodes.Status503ServiceUnavailable, "The service is busy",
            $"As many pictures as it holds are being worked on. Try again in {retryAfterSeconds} s.")
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    public static ProblemException TooManyBytes(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "The file is too large",
            $"A picture may take {limit} bytes. Make it smaller, or save it as JPEG.");

    public static ProblemException WrongContentType(string? contentType) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "This is not sent as a picture",
        $"Send the file with a Content-Type of image/jpeg, image/png, image/webp, image/bmp or image/gif, or as multipart/form-data; " +
        $"this one came {(contentType is null ? "without any" : "as another type")}.");

    public static ProblemException NoFile(string what) =>
        new(StatusCodes.Status400BadRequest, "The form has no picture", $"{what} Send multipart/form-data with one file in it.");

    public static ProblemException NotAcceptable() => new(
        StatusCodes.Status406NotAcceptable,
        "No answer of that type",
        $"The Accept header asks for none of {string.Join(", ", Answers.AnswerKinds.MediaTypes)}. Ask for one of these.");

    public static ProblemException SlowUpload(int seconds) => new(
        StatusCodes.Status408RequestTimeout, "The upload took too long",
        $"The picture did not arrive within {seconds} s. Try again, or make it smaller.");

    public static ProblemException SlowWork(int seconds) => new(
        StatusCodes.Status504GatewayTimeout, "The work took too long",
        $"The picture was not done within {seconds} s. Try again later, or make it smaller.");

    public static ProblemException BadPicture(ImageFileException exception, long maxPixels) => exception.ExceedsMaxPixels
        ? new(StatusCodes.Status413PayloadTooLarge, "The picture is too large",
            $"A picture may have {maxPixels} pixels, width times height. Make it smaller.")
        : new(StatusCodes.Status422UnprocessableEntity, "The picture cannot be read", $"The file: {exception.Reason}");

    public static ProblemException Unforeseen() =>
        new(StatusCodes.Status500InternalServerError, "The service failed",
            "This is not your fault. Try again; if it stays, tell whoever runs this service.");

    public static ProblemException BadOption(string message) => new(StatusCodes.Status400BadRequest, "An option is out of range", message);
}
