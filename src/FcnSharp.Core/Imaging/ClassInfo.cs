using System.Text;

namespace FcnSharp.Imaging;

/// <summary>The name and the colour of a class.</summary>
/// <param name="Name">The name, such as <c>person</c>.</param>
/// <param name="Color">The colour in which the class is drawn.</param>
public sealed record ClassInfo(string Name, RgbColor Color)
{
    /// <summary>The name for legends and tables, with separate words: <c>Sign symbol</c> for <c>SignSymbol</c>.</summary>
    public string DisplayName
    {
        get
        {
            var text = new StringBuilder(Name.Length + 1);
            for (var i = 0; i < Name.Length; i++)
            {
                var beginsWord = i > 0 && char.IsLower(Name[i - 1]) && char.IsUpper(Name[i]);
                var isAbbreviation = i + 1 < Name.Length && char.IsUpper(Name[i + 1]);
                text.Append(beginsWord ? " " : "").Append(beginsWord && !isAbbreviation ? char.ToLowerInvariant(Name[i]) : Name[i]);
            }

            return text.ToString();
        }
    }
}
